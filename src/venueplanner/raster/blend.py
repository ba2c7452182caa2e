"""From signed area to coloured pixels: the running sum of a row is its coverage."""

from __future__ import annotations

from venueplanner.raster.compiled import AREA, INT, NOTHING, PIXELS, REAL, TOUCHED, Array, compiled

RUN = 32
UNSEEN = 1.0 / 512.0


@compiled(NOTHING, PIXELS, AREA, TOUCHED, INT, INT, INT, INT, REAL)
def blend(  # noqa: C901 – one loop, kept whole for speed
    pixels: Array, acc: Array, mark: Array, row0: int, rows: int, w: int, colour: int, opacity: float,
) -> None:  # fmt: skip
    """Lay `colour` (0xRRGGBB) over rows row0… of `pixels` where `acc` says, and leave `acc` and `mark` clean.

    Coverage above one is cut to one, its sign does not matter. Weights are whole 256ths, so an exactly covered pixel
    becomes exactly the colour. Runs of 32 pixels that nothing touched cost one look.
    """
    pair = colour & 0xFF00FF
    green = colour & 0x00FF00
    for r in range(rows):
        sum_ = 0.0
        for t in range(mark.shape[1]):
            x0 = t * RUN
            x1 = min(x0 + RUN, w)
            if mark[r, t]:
                mark[r, t] = 0
                for x in range(x0, x1):
                    sum_ += acc[r, x]
                    acc[r, x] = 0.0
                    a = int(min(abs(sum_), 1.0) * opacity + 0.5)
                    if a >= 256:
                        pixels[row0 + r, x] = 0xFF000000 | colour
                    elif a > 0:
                        old = int(pixels[row0 + r, x])
                        b = 256 - a
                        rb = ((old & 0xFF00FF) * b + pair * a + 0x800080) >> 8 & 0xFF00FF
                        g = ((old & 0x00FF00) * b + green * a + 0x008000) >> 8 & 0x00FF00
                        pixels[row0 + r, x] = 0xFF000000 | rb | g
                for x in range(max(x0, w), min(x0 + RUN, acc.shape[1])):
                    acc[r, x] = 0.0
            elif abs(sum_) > UNSEEN:
                a = int(min(abs(sum_), 1.0) * opacity + 0.5)
                if a >= 256:
                    for x in range(x0, x1):
                        pixels[row0 + r, x] = 0xFF000000 | colour
                elif a > 0:
                    b = 256 - a
                    for x in range(x0, x1):
                        old = int(pixels[row0 + r, x])
                        rb = ((old & 0xFF00FF) * b + pair * a + 0x800080) >> 8 & 0xFF00FF
                        g = ((old & 0x00FF00) * b + green * a + 0x008000) >> 8 & 0x00FF00
                        pixels[row0 + r, x] = 0xFF000000 | rb | g
