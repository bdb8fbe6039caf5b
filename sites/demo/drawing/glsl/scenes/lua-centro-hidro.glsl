// The whirlpool in front, a lamp like the moon above it, the bed in its lit alcove beyond.

const vec3 EYE = vec3(0, 1.85, -4.4), AIM = vec3(0, 1.4, 1.);
const float LENS = 1.75, FAR = 30.;
const vec3 TUB = vec3(0, 0, .55), GLOBE = vec3(0, 2.45, .75);
const Light LIGHTS[7] = Light[7](
    Light(GLOBE, GLOBE, vec3(1., .74, .78) * 2.6, .3),
    Light(vec3(0, .45, .55), vec3(0, .45, .55), vec3(.25, .30, 1.) * 2., .4),
    Light(vec3(-1.3, 1.4, 5.2), vec3(-1.3, 1.4, 5.2), AMBER * 2.6, .15),
    Light(vec3(1.3, 1.4, 5.2), vec3(1.3, 1.4, 5.2), AMBER * 2.6, .15),
    Light(vec3(0, 2.6, 3.6), vec3(0, 2.6, 3.6), AMBER * 1.6, .3),
    Light(vec3(-3., 2.8, -1.), vec3(-3., 2.8, 2.), ROSE * 1.3, .3),
    Light(vec3(3., 2.8, -1.), vec3(3., 2.8, 2.), ROSE * 1.3, .3));

float gate(vec2 p) { return arch(p, 1.65, 1.15); }

void shell(vec3 p) {
    add(p.y, FLOOR);
    add(max(abs(p.z - 2.85) - .15, -gate(p.xy)), TILE);
    add(3.2 - abs(p.x), p.z < 2.85 ? TILE : PLASTER);
    add(5.9 - p.z, PLASTER);
    add(3.05 - p.y, CEILING);
    add(neon(arch_line(p.xy, 1.75, 1.15), p.z - 2.66, .024), NEON);
}

void basin(vec3 p) {
    vec3 q = p - TUB;
    add(box(q - vec3(0, .09, -.1), vec3(2.15, .09, 1.55), .02), STONE);
    float outer = box(q - vec3(0, .40, .05), vec3(1.75, .24, 1.12), .03);
    float inner = box(q - vec3(0, .8, .05), vec3(1.52, .62, .90), .16);
    add(max(outer, -inner), STONE);
    add(box(q - vec3(0, .46, .05), vec3(1.6, .08, .98)), WATER);
    add(ring((q - vec3(1.32, .72, 1.02)).xzy, .11, .016), BRASS);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    basin(p);
    if (!casting) add(length(p - GLOBE) - .34, BULB);
    add(rod(p, GLOBE + vec3(0, .3, 0), GLOBE + vec3(0, .7, 0), .007), BRASS);
    bed(p - vec3(0, .05, 4.4), 1.05, 1.2);
    headboard(p - vec3(0, .05, 5.8), 1.9, .75, .19);
    vec3 q = vec3(abs(p.x), p.yz);
    pendant(q - vec3(1.3, 1.4, 5.2), .1, 1.7);
    plant(q - vec3(2.6, 0, 2.15), 1.1, .72);
    candle(q - vec3(1.95, .18, -.65), .26);
    candle(q - vec3(1.80, .18, -.85), .14);
    candle(q - vec3(1.64, .64, 1.45), .10);
    towels(p - vec3(-1.15, .18, -.78));
    champagne(p - vec3(1.2, .18, -.80));
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == BULB && distance(p, GLOBE) < .4) {
        float dark = 1.3 * seas((p - GLOBE).xy * 4.6);
        return lit(vec3(2.5, 1.9, 1.95) * (1. - dark) * (.6 + .4 * max(-n.z, 0.)));
    }
    if (m == WATER) {
        vec2 q = p.xz - TUB.xz;
        n = normalize(vec3(fbm(q * 5.) - .5, 2., fbm(q * 5. + 9.) - .5));
        Surface s = glossy(vec3(.02), .05, .01);
        s.glow = vec3(.05, .12, .62) + vec3(.16, .42, 1.) * caustics(q * 1.3) + VIOLET * .35
            * noise(q * 1.4);
        s.glow += vec3(.6, .7, 1.) * .35 * smoothstep(.54, .78, fbm(q * 5. + 3.));
        return s;
    }
    Surface s = material(m, p, n);
    float stroke = arch_line(p.xy, 1.75, 1.15);
    if (m == TILE && n.z < -.5) s.glow += s.albedo * ROSE * .30 / (stroke * stroke * 2. + .10);
    if (m == FLOOR && p.z < 2.8) s = glossy(tiles(p.xz, vec2(.6), vec3(.11, .075, .14)), .10, .05);
    if (m == FLOOR)
        s.glow += s.albedo * ROSE * 5. * exp(-4.
            * max(box(p.xz - TUB.xz + vec2(0, .1), vec2(2.15, 1.55)), 0.));
    if (m == PLASTER && p.z > 5.) s.albedo = vec3(.42, .20, .26);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.055, .022, .065), vec3(.055, .045, .16), n.y * .5 + .5);
}
vec3 sky(vec3 d) { return vec3(0); }

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return c + haze(o, d, t) * .0024 + vec3(.60, .45, .72) * .7 * steam(o, d, t, TUB, 1.4);
}
