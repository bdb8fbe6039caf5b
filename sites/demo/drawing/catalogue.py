"""Which pictures there are, and what each is drawn from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

GLSL = Path(__file__).with_name("glsl")
PARTS = ("head", "shapes", "lettering", "noise", "patterns", "outdoors", "water", "props")


@dataclass(frozen=True)
class Brand:
    """The look shared by a motel group's pictures."""

    slug: str
    tint: tuple[float, float, float]
    bloom: float


@dataclass(frozen=True)
class Scene:
    """One picture of one property, e.g. ``lua-hero``."""

    name: str
    brand: Brand
    width: int = 1350  # drawn, in pixels, then enlarged: light is soft, and rays are slow

    @property
    def shader(self) -> str:
        """The fragment shader's whole source."""
        parts = [*PARTS, f"brand-{self.brand.slug}", f"scenes/{self.name}", "tracer"]
        return "\n".join(glsl(part) for part in parts)


@cache
def glsl(part: str) -> str:
    return (GLSL / f"{part}.glsl").read_text(encoding="utf-8")


LUA = Brand("lua", tint=(0.016, 0.004, 0.04), bloom=0.11)
SOL = Brand("sol", tint=(0.03, 0.012, 0.02), bloom=0.07)

SCENES = (
    Scene("lua-hero", LUA, width=1800),
    Scene("lua-loft", LUA),
    Scene("lua-flat", LUA),
    Scene("lua-premium", LUA),
    Scene("lua-bath", LUA),
    Scene("lua-centro-hero", LUA, width=1800),
    Scene("lua-centro-luxo", LUA),
    Scene("lua-centro-hidro", LUA),
    Scene("lua-centro-master", LUA),
    Scene("sol-hero", SOL, width=1800),
    Scene("sol-luxo", SOL),
    Scene("sol-super-luxo", SOL),
    Scene("sol-panoramica", SOL),
    Scene("sol-master", SOL),
    Scene("sol-pool", SOL),
)
