"""``python -m sites.demo.drawing [OUT]``: draw the demo motels' pictures."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from PIL.Image import Resampling

from sites.demo.drawing.catalogue import SCENES
from sites.demo.drawing.jpeg import save_within_budget
from sites.demo.drawing.maps import MAPS, draw_map
from sites.demo.drawing.studio import draw, studio

PICTURES = Path(__file__).parent.with_name("pictures")
NAMES = [each.name for each in (*SCENES, *MAPS)]


def arguments() -> Namespace:
    parser = ArgumentParser(prog="sites.demo.drawing", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=PICTURES)
    parser.add_argument("--only", nargs="+", choices=NAMES)
    parser.add_argument("--width", type=int, default=1800, help="in pixels; the format is 3:2")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    for each in MAPS:
        if not asked.only or each.name in asked.only:
            save_within_budget(draw_map(each), asked.out / f"{each.name}.jpg")
    with studio() as page:
        for scene in SCENES:
            if asked.only and scene.name not in asked.only:
                continue
            drawn = min(asked.width, scene.width)
            picture = draw(page, scene, width=drawn, height=drawn * 2 // 3)
            whole = picture.resize((asked.width, asked.width * 2 // 3), Resampling.LANCZOS)
            save_within_budget(whole, asked.out / f"{scene.name}.jpg")


main()
