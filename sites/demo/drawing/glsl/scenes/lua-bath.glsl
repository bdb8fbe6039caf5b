// The whirlpool by candlelight, steam rising before a round window and the moon.

const vec3 EYE = vec3(0, 1.95, -3.7), AIM = vec3(0, 1.35, 1.);
const float LENS = 1.75, FAR = 40.;
const vec3 TUB = vec3(0, 0, 1.0);
const float WINDOW = 1.28;
const Light LIGHTS[7] = Light[7](
    Light(vec3(0, .45, 1.0), vec3(0, .45, 1.0), vec3(.55, .20, 1.) * 2.4, .4),
    Light(vec3(-1.75, .62, .1), vec3(-1.75, .62, .1), AMBER * .9, .1),
    Light(vec3(1.75, .62, .1), vec3(1.75, .62, .1), AMBER * .9, .1),
    Light(vec3(-2.3, 2.0, 2.3), vec3(-2.3, 2.0, 2.3), AMBER * 2., .2),
    Light(vec3(2.3, 2.0, 2.3), vec3(2.3, 2.0, 2.3), AMBER * 2., .2),
    Light(vec3(.3, 3.2, 5.), vec3(.3, 3.2, 5.), MOONLIGHT * 9., .4),
    Light(vec3(0, 2.9, -3.), vec3(0, 2.9, -3.), ROSE * 1.6, FILL));

float porthole(vec3 p) { return length(p.xy - vec2(0, 1.98)) - WINDOW; }

void shell(vec3 p) {
    add(p.y, FLOOR);
    add(max(3. - p.z, max(-porthole(p), p.z - 3.3)), TILE);
    add(max(3.3 - abs(p.x), p.z - 3.3), TILE);
    add(max(3.5 - p.y, p.z - 3.3), CEILING);
    add(ring((p - vec3(0, 1.98, 2.98)).xzy, WINDOW + .05, .045), BRASS);
}

void basin(vec3 p) {
    vec3 q = p - TUB;
    add(disc(q - vec3(0, .1, 0), 2.25, .1, .02), STONE);
    float wall = max(disc(q - vec3(0, .38, 0), 1.68, .24, .05),
        .07 - (disc(q - vec3(0, .8, 0), 1.45, .6, .05) + .07));
    add(wall, FRAME);
    add(disc(q - vec3(0, .44, 0), 1.5, .08, .005), WATER);
}

void candles(vec3 p) {
    vec3 q = vec3(abs(p.x), p.yz);
    candle(q - vec3(1.86, .2, .05), .30);
    candle(q - vec3(2.02, .2, .30), .18);
    candle(q - vec3(1.66, .2, -.20), .13);
    candle(q - vec3(1.45, .62, 1.7), .10);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    basin(p);
    candles(p);
    pendant(vec3(abs(p.x) - 2.3, p.y - 2., p.z - 2.3), .15, 1.5);
    plant(vec3(abs(p.x) - 2.75, p.y, p.z - 2.1), 1.0, .72);
    towels(p - vec3(.95, .2, -.95));
    champagne(p - vec3(-.85, .2, -.95));
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    vec2 q = p.xz - TUB.xz;
    if (m == WATER) {
        float r = length(q), jets = fbm(q * 5. + .6 * r);
        n = normalize(vec3(fbm(q * 6.) - .5, 2.2, fbm(q * 6. + 9.) - .5) + vec3(q.x, 0, q.y) * .25
            * sin(r * 19.));
        Surface s = glossy(vec3(.02), .05, .01);
        s.glow = mix(vec3(.30, .06, .75), vec3(1.1, .22, .85), smoothstep(.15, 1.5, r))
            * (.35 + .55 * caustics(q * 1.2));
        s.glow += vec3(.8, .6, 1.) * .30 * smoothstep(.52, .75, jets)
            * smoothstep(1.5, .5, abs(r - .8) * 2.);
        return s;
    }
    Surface s = material(m, p, n);
    if (m == FRAME) s = glossy(marble(p, vec3(.30, .24, .36), vec3(.08, .05, .12)), .05, .08);
    if (m == FLOOR) s = glossy(tiles(p.xz, vec2(.6), vec3(.10, .07, .13)), .10, .05);
    if (m == FLOOR) s.glow += s.albedo * ROSE * 6. * exp(-4. * max(length(q) - 2.25, 0.));
    if (m == STONE && n.y < .5) s.glow += s.albedo * ROSE * .8;
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.05, .02, .07), vec3(.06, .05, .18), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.30, .10, .42), vec3(.03, .02, .16), smoothstep(-.1, .25, q.y));
    c = moon(c + stars(d, .22), d, normalize(vec3(.03, .05, 1.)), .078, vec3(1.05, .84, 1.15));
    vec4 hills = ridges(q + vec2(2.3, 0), -.12, .10, vec3(.22, .09, .34), vec3(.04, .025, .10));
    return mix(c, hills.rgb, hills.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return c + haze(o, d, min(t, 9.)) * .0026 + vec3(.62, .42, .80) * .75
        * steam(o, d, t, TUB, 1.5);
}
