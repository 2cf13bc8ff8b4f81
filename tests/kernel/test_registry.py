from jianfu.kernel.registry import Registry


def test_a_name_registered_again_takes_the_place_of_the_first():
    registry: Registry[int] = Registry()
    registry.register("a", 1)
    registry.register("b", 2)
    registry.register("a", 3)
    assert list(registry) == [3, 2]
    assert registry["a"] == 3
    assert "c" not in registry
