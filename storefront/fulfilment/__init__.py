"""Parcels: what a seller packs and hands to a carrier."""
