"""The one image library: originals, renditions and who drew or took a picture."""
