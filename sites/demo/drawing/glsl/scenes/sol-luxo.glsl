// Morning through arched windows: bars of sun on plaster, linen and a rattan lamp.

const vec3 EYE = vec3(.25, 1.4, -3.9), AIM = vec3(0, 1.45, 1.);
const float LENS = 1.75, FAR = 40.;
const vec3 SUN = vec3(-30., 19., -9.);
const Light LIGHTS[5] = Light[5](
    Light(SUN, SUN, vec3(1., .70, .40) * 3500., .9),
    Light(vec3(-2.8, 1.6, -.4), vec3(-2.8, 1.6, 1.4), vec3(1., .74, .52) * 2.6, FILL),
    Light(vec3(0, 2.2, 1.2), vec3(0, 2.2, 1.2), GOLD * 1.2, .3),
    Light(vec3(1.65, 1.02, 2.3), vec3(1.65, 1.02, 2.3), GOLD * .9, .15),
    Light(vec3(-1.65, 1.02, 2.3), vec3(-1.65, 1.02, 2.3), GOLD * .9, .15));

float windows(vec3 p) {
    float z = abs(p.z - .35) - .95;
    return max(arch(vec2(z, p.y - .55), .62, 1.1), abs(p.x + 3.2) - .5);
}

float niche(vec3 p) { return max(arch(p.xy - vec2(0, .0), 1.55, 1.15), abs(p.z - 2.9) - .30); }

void shell(vec3 p) {
    add(p.y, FLOOR);
    add(max(max(2.9 - p.z, p.z - 3.1), -niche(p)), PLASTER);
    add(3.18 - p.z, FEATURE);
    add(max(max(p.x + 3.1, -3.5 - p.x), -windows(p)), PLASTER);
    add(3.1 - p.x, PLASTER);
    add(max(3.05 - p.y, -3.5 - p.x), CEILING);
    float i = clamp(floor(p.z / .7 + .5), -4., 4.);
    add(box(p - vec3(0, 2.98, i * .7), vec3(3.1, .07, .06), .01), WOOD);
}

void rattan_lamp(vec3 p) {
    WITHIN(p, vec3(0, .3, 0), vec3(.5, .7, .5)) {
        float a = atan(p.x, p.z), bowl = abs(length(p * vec3(1, 1.35, 1)) - .44) - .008;
        float weave = min(abs(fract(a * 5.1) - .5) - .16, abs(fract(p.y * 17.) - .5) - .17);
        if (!casting) add(max(max(bowl, weave * .05), -p.y - .14) * .6, WOOD);
        add(rod(p, vec3(0, .3, 0), vec3(0, 1., 0), .007), BRASS);
        if (!casting) add(length(p) - .09, BULB);
    }
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    bed(p - vec3(0, 0, 1.5), 1.1, 1.2);
    add(box(p - vec3(0, .55, 2.80), vec3(1.35, .55, .06), .06), VELVET);
    vec3 q = vec3(abs(p.x) - 1.65, p.y, p.z - 2.4);
    nightstand(q, .26);
    table_lamp(q - vec3(0, .5, -.1), .55);
    rattan_lamp(p - vec3(0, 2.2, 1.2));
    add(disc(p - vec3(0, .012, .2), 1.7, .012, .008), RUG);
    plant(p - vec3(2.5, 0, 2.1), 1.5, .9);
    plant(p - vec3(-2.6, 0, 2.3), 1.0, .6);
    palm(p - vec3(-5.3, -2.2, -1.4), 4.1, .3, 1.7);
    add(box(p - vec3(0, .38, -.12), vec3(.8, .07, .22), .05), CUSHION);
    add(box(vec3(abs(p.x) - .7, p.y - .16, abs(p.z + .12) - .15), vec3(.025, .16, .025), .005),
        WOOD);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    Surface s = material(m, p, n);
    if (m == FEATURE) s = matt(vec3(.74, .24, .13) * (.92 + .16 * fbm(p * 5.)));
    if (m == FEATURE) s.glow = s.albedo * GOLD * .8 * exp(-5. * abs(arch(p.xy, 1.55, 1.15)));
    if (m == PLASTER) s.albedo = vec3(.74, .52, .37) * (.94 + .12 * fbm(p * 5.));
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.25, .13, .08), vec3(.24, .19, .17), n.y * .5 + .5);
}

vec3 sky(vec3 d) { return mix(vec3(2.2, 1.5, .95), vec3(.7, 1.1, 1.3), smoothstep(.0, .7, d.y)); }

// Sunbeams: the share of the ray that can see the sun through a window.
float beams(vec3 o, vec3 d, float t) {
    float sum = 0., wobble = hash(gl_FragCoord.xy);
    vec3 r = normalize(SUN);
    for (int i = zero; i < 28; i++) {
        vec3 p = o + d * (min(t, 8.) * (float(i) + wobble) / 28.);
        vec3 hit = p + r * ((-3.2 - p.x) / r.x);
        sum += smoothstep(.05, -.12, windows(hit)) * step(-3.1, p.x);
    }
    return sum / 28.;
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return c + vec3(1., .66, .36) * .27 * beams(o, d, t);
}
