// Grupo Lua: indigo nights, rose neon, amber lamps.

const vec3 ROSE = vec3(1., .09, .38), AMBER = vec3(1., .50, .17), INDIGO = vec3(.16, .13, .62),
    VIOLET = vec3(.48, .16, .95), MOONLIGHT = vec3(.72, .74, 1.);

Surface fabric(int m, vec3 p) {
    float weave = .94 + .12 * noise(p * 70.);
    if (m == LINEN) return matt(vec3(.80, .74, .80) * weave);
    if (m == DUVET) return matt(vec3(.60, .52, .68) * weave);
    if (m == THROW) return velvet(vec3(.46, .03, .17) * weave);
    if (m == ACCENT) return velvet(vec3(.15, .08, .42) * weave);
    if (m == CUSHION) return velvet(vec3(.62, .10, .28) * weave);
    if (m == CURTAIN) return velvet(vec3(.26, .06, .27) * weave);
    if (m == TOWEL) return matt(vec3(.82, .76, .80) * weave);
    if (m == RUG) return matt(vec3(.20, .12, .30) * (.8 + .4 * noise(p * 55.)));
    return velvet(vec3(.24, .05, .26) * weave);
}

Surface material(int m, vec3 p, vec3 n) {
    if (m == PLASTER) return matt(vec3(.27, .20, .40) * (.95 + .1 * fbm(p * 6.)));
    if (m == CEILING) return matt(vec3(.24, .18, .38));
    if (m == FLOOR)
        return glossy(planks(p.zx, vec3(.16, .075, .06), vec3(.05, .022, .03)), .06, .05);
    if (m == WOOD) return glossy(timber(p, vec3(.26, .115, .07), vec3(.10, .04, .035)), .03, .2);
    if (m == BRASS) return glossy(vec3(.42, .25, .10), .5, .25);
    if (m == BULB) return lit(AMBER * 5. + .6);
    if (m == SHADE) return lit(vec3(2.6, 1.25, .48));
    if (m == NEON) return lit(ROSE * 7. + .9);
    if (m == FLAME) return lit(vec3(9., 4.5, 1.3));
    if (m == LEAF) return glossy(vec3(.05, .13, .10), .03, .5);
    if (m == POT) return matt(vec3(.20, .13, .22));
    if (m == STONE) return glossy(marble(p, vec3(.20, .15, .26), vec3(.55, .42, .55)), .04, .15);
    if (m == TILE)
        return glossy(tiles(along(p, n), vec2(.22, .075), vec3(.17, .12, .32)), .04, .04);
    if (m == GLASS) return glossy(vec3(.10, .08, .12), .25, .0);
    if (m == BOTTLE) return glossy(vec3(.02, .05, .035), .12, .1);
    if (m == PAPER) return matt(vec3(.85, .72, .62));
    if (m == TRUNK) return matt(vec3(.08, .05, .09));
    if (m == FRAME) return glossy(vec3(.03, .025, .045), .05, .3);
    return fabric(m, p);
}
