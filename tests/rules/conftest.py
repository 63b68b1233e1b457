"""Small worlds that many tables start from."""

import pytest

from tests.rules.worlds import World


class Basic:
    """Beijing and Silicon Valley on one instance, with whatever of the road between them a case wants."""

    def __init__(self):
        self.world = World()
        self.core = self.world.instance("core")
        self.shop = self.world.attach(self.core, "cn-beijing", "shop")
        self.sales = self.world.attach(self.core, "us-west-1", "sales")

    def buy(self, first="China", second="North-America", mbps=10, *, name="package", bind=True):
        package = self.world.package(first, second, mbps, name=name)
        if bind:
            self.bound = self.world.bind(self.core, package, f"{name}-bound")
        return package

    def connect(self, regions=("cn-beijing", "us-west-1"), mbps=5, *, name="limit", after=None):
        waits = [self.shop, self.sales, self.bound] if after is None else after
        return self.world.limit(self.core, list(regions), mbps, name=name, after=waits)


class Enterprise:
    """Hangzhou and Frankfurt, a router and a VPC attachment each."""

    def __init__(self):
        self.world = World()
        self.core = self.world.instance("core")
        self.near = self.world.router(self.core, "cn-hangzhou", "near")
        self.far = self.world.router(self.core, "eu-central-1", "far")
        self.world.router_attachment(self.near, "plant")
        self.world.router_attachment(self.far, "office")

    def buy(self, first="China", second="Europe", mbps=10, *, name="package", bind=True):
        package = self.world.package(first, second, mbps, name=name)
        if bind:
            self.bound = self.world.bind(self.core, package, f"{name}-bound")
        return package


@pytest.fixture
def world():
    return World()


@pytest.fixture
def basic():
    return Basic()


@pytest.fixture
def enterprise():
    return Enterprise()
