"""Oscar's shipping, with charges by weight and zone for each seller's parcel."""
