// Sol: terracotta, coral, sand, palm green, turquoise; always the golden hour.

const vec3 GOLD = vec3(1., .62, .28), CORAL = vec3(1., .25, .14), PEACH = vec3(1., .56, .38),
    TURQUOISE = vec3(.02, .46, .46), DUSK = vec3(.42, .40, .62);

Surface fabric(int m, vec3 p) {
    float weave = .94 + .12 * noise(p * 70.);
    if (m == LINEN) return matt(vec3(.86, .78, .68) * weave);
    if (m == DUVET) return matt(vec3(.80, .68, .54) * weave);
    if (m == THROW) return velvet(vec3(.62, .16, .07) * weave);
    if (m == ACCENT) return velvet(vec3(.08, .24, .17) * weave);
    if (m == CUSHION) return velvet(vec3(.82, .36, .10) * weave);
    if (m == CURTAIN) return velvet(vec3(.80, .68, .54) * weave);
    if (m == TOWEL) return matt(vec3(.88, .80, .70) * weave);
    if (m == RUG) return matt(mix(vec3(.66, .50, .34), vec3(.52, .34, .20), noise(p * 60.)));
    return velvet(vec3(.55, .20, .11) * weave);
}

Surface material(int m, vec3 p, vec3 n) {
    if (m == PLASTER) return matt(vec3(.66, .36, .23) * (.93 + .14 * fbm(p * 5.)));
    if (m == CEILING) return matt(vec3(.74, .58, .44));
    if (m == FLOOR) return glossy(tiles(p.xz, vec2(.45), vec3(.50, .24, .14)), .03, .12);
    if (m == WOOD)
        return Surface(timber(p, vec3(.52, .28, .13), vec3(.28, .13, .06)), vec3(0), .3, .04, .2,
            0.);
    if (m == BRASS) return glossy(vec3(.58, .36, .14), .45, .25);
    if (m == BULB) return lit(GOLD * 3.2 + .4);
    if (m == SHADE) return lit(vec3(2.1, 1.2, .55));
    if (m == NEON) return lit(CORAL * 6. + .8);
    if (m == FLAME) return lit(vec3(9., 4.5, 1.3));
    if (m == LEAF)
        return glossy(mix(vec3(.06, .20, .08), vec3(.14, .28, .08), noise(p * 3.)), .03, .5);
    if (m == POT) return matt(vec3(.58, .24, .13));
    if (m == STONE)
        return glossy(marble(p * .7, vec3(.70, .56, .42), vec3(.58, .42, .29)), .025, .3);
    if (m == TILE) return glossy(tiles(along(p, n), vec2(.12), vec3(.05, .36, .36)), .06, .08);
    if (m == GLASS) return glossy(vec3(.05), .10, .0);
    if (m == BOTTLE) return glossy(vec3(.03, .08, .04), .12, .1);
    if (m == PAPER) return matt(vec3(.88, .78, .64));
    if (m == TRUNK) return matt(vec3(.34, .22, .14) * (.8 + .4 * noise(p * vec3(6, 20, 6))));
    if (m == FRAME) return glossy(vec3(.20, .10, .06), .04, .3);
    return fabric(m, p);
}
