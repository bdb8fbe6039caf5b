// The motel from its wet forecourt: arched garages, the neon crescent before the moon.

const vec3 EYE = vec3(0, 1.5, -10.5), AIM = vec3(0, 4.9, 3.);
const float LENS = 1.62, FAR = 70.;
const vec3 SIGN = vec3(0, 7.35, 3.6);
const Light LIGHTS[9] = Light[9](
    Light(vec3(-8.4, 2.6, -.4), vec3(-8.4, 2.6, -.4), ROSE * 2.4, .4),
    Light(vec3(8.4, 2.8, .2), vec3(8.4, 2.8, .2), ROSE * 2.4, .4),
    Light(vec3(-6.6, 1.9, 4.4), vec3(-6.6, 1.9, 4.4), AMBER * 5., .3),
    Light(vec3(-3.9, 1.9, 4.4), vec3(-3.9, 1.9, 4.4), AMBER * 5., .3),
    Light(vec3(3.9, 1.9, 4.4), vec3(3.9, 1.9, 4.4), AMBER * 5., .3),
    Light(vec3(6.6, 1.9, 4.4), vec3(6.6, 1.9, 4.4), AMBER * 5., .3),
    Light(vec3(0, 2.4, 4.6), vec3(0, 2.4, 4.6), mix(AMBER, ROSE, .45) * 9., .4),
    Light(vec3(0, 6.2, 1.6), vec3(0, 6.2, 1.6), ROSE * 9., FILL),
    Light(vec3(-9, 12, -9), vec3(-9, 12, -9), INDIGO * 160., FILL));

float portals(vec2 p) {
    vec2 side = vec2(abs(abs(p.x) - 5.25) - 1.35, p.y);
    return min(arch(side, .95, 1.45), arch(p, 1.5, 1.75));
}

void building(vec3 p) {
    float body = box(p - vec3(0, 1.9, 6.2), vec3(9.2, 2.1, 3.2), .04);
    float rooms = max(portals(p.xy), abs(p.z - 4.) - 2.2);
    add(max(body, -rooms), PLASTER);
    float upper = box(p - vec3(0, 5., 6.6), vec3(5.6, 1.05, 3.1), .03);
    add(max(upper, -box(p - vec3(0, 5., 3.4), vec3(5.35, .82, .5))), CEILING);
    vec3 q = p - vec3(0, 4.18, 3.62);
    q.x = abs(q.x);
    slats(q - vec3(3.6, 0, 0), 1.75, .82, .24);
    add(box(p - vec3(0, 5., 3.86), vec3(5.4, .85, .02)), FEATURE);
    add(box(p - vec3(0, 5., 3.6), vec3(1.75, .84, .2), .02), FRAME);
    add(rod(vec3(abs(p.x), p.yz), vec3(.5, 6., 3.7), vec3(.5, 6.6, 3.7), .03), FRAME);
}

void signs(vec3 p) {
    float moon_stroke = abs(crescent(p.xy - SIGN.xy, 1.05));
    add(neon(moon_stroke, p.z - SIGN.z, .045), NEON);
    add(neon(word_lua((p.xy - vec2(-.02, 5.)) / .92) * .92, p.z - 3.3, .04), NEON);
    add(neon(arch_line(p.xy, 1.66, 1.75), p.z - 2.93, .032) , NEON);
}

float map(vec3 p) {
    D = 1e3;
    add(p.y, FLOOR);
    building(p);
    signs(p);
    palm(p - vec3(-9.4, 0, 1.2), 6.4, .8, 2.4);
    palm(p - vec3(9.2, 0, 2.0), 7.2, -.6, 2.5);
    palm(p - vec3(11.6, 0, 5.0), 5.4, .7, 2.2);
    palm(p - vec3(-11.8, 0, 4.0), 7.6, -.5, 2.4);
    vec3 q = vec3(abs(p.x) - 2.35, p.y, p.z - 2.3);
    plant(q, 1., .62);
    return D;
}

Surface asphalt(vec3 p, inout vec3 n) {
    float puddle = smoothstep(.42, .60, fbm(p.xz * vec2(.45, .8) + 3.));
    float rough = fbm(p.xz * 9.) - .5;
    n = normalize(n + vec3(rough, 0, fbm(p.xz * 8. + 5.) - .5) * mix(.07, .012, puddle));
    Surface s = glossy(tiles(p.xz, vec2(1.2), vec3(.06, .045, .08)), mix(.10, .34, puddle),
        mix(.06, .02, puddle));
    s.albedo *= .7 + .6 * noise(p.xz * 40.);
    s.gloss = mix(.35, 1., puddle) * exp(-.035 * max(length(p - EYE) - 9., 0.));
    return s;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == FLOOR) return asphalt(p, n);
    if (m == FEATURE)
        return lit(mix(AMBER, ROSE, .12) * (1.1 + 1.3 * noise(vec2(p.x * .6, 3.)))
            * (1.2 - .5 * abs(p.y - 4.6)));
    Surface s = material(m, p, n);
    if (m == PLASTER && p.z > 3.05) s.albedo = vec3(.52, .27, .20);
    float stroke = arch_line(p.xy, 1.66, 1.75);
    float beam = exp(-18. * pow(abs(abs(p.x) - 5.25), 2.))
        + exp(-18. * pow(abs(abs(p.x) - 2.35), 2.));
    if (m == PLASTER && p.z < 3.2)
        s.glow += s.albedo * mix(AMBER, ROSE, .3) * 1.9 * beam * exp(-.75 * p.y);
    if (m == PLASTER && p.z < 3.2) s.glow += s.albedo * VIOLET * 1.5 * exp(-2.2 * (4. - p.y));
    if (m == PLASTER && p.z < 3.2) s.glow += s.albedo * ROSE * .22 / (stroke * stroke * 2. + .12);
    if (m == FRAME)
        s.glow += ROSE * .035 / (pow(word_lua((p.xy - vec2(-.02, 5.)) / .92), 2.) + .06);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.05, .02, .06), vec3(.07, .06, .22), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.40, .085, .36), vec3(.012, .009, .075), smoothstep(-.02, .50, q.y));
    c += stars(d, .045) * smoothstep(.1, .5, q.y) + vec3(.10, .05, .2) * clouds(q + 2., 2.4) * .5;
    c = moon(c, d, normalize(vec3(.02, .43, 1.)), .155, vec3(.62, .42, .78));
    vec4 town = towers(q + vec2(.13, 0), .05, .30, vec3(.30, .08, .36),
        vec3(.035, .02, .09));
    return mix(c, town.rgb, town.a * .96);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return mix(c, vec3(.20, .05, .26), 1. - exp(-t * .0012)) + haze(o, d, min(t, 30.)) * .0012;
}
