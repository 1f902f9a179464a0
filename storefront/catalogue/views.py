"""Being written."""


def shop(request): ...


def product(request, slug, product_id): ...


def search(request): ...
