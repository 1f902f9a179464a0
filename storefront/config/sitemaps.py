"""The sitemap."""


def sitemap(request): ...
