// The renderer: rays, soft shadows, one mirror bounce.

float march(vec3 o, vec3 d, float far) {
    float t = .02;
    for (int i = zero; i < 140; i++) {
        float h = map(o + d * t);
        if (h < .0005 * t || t > far) break;
        t += h * .85;
    }
    return t;
}

vec3 normal(vec3 p, float t) {
    vec3 n = vec3(0);
    for (int i = zero; i < 4; i++) {
        vec3 e = .5773 * (2. * vec3(((i + 3) >> 1) & 1, (i >> 1) & 1, i & 1) - 1.);
        n += e * map(p + e * .0008 * max(t, 1.));
    }
    return normalize(n);
}

float shadow(vec3 o, vec3 d, float far, float spread) {
    float t = .02, open = 1.;
    for (int i = zero; i < 20 && t < far - .02; i++) {
        float h = map(o + d * t);
        open = min(open, .5 + .5 * h * far / (spread * t));
        t += clamp(h, .03, .35 + .2 * t);
        if (open < .02) break;
    }
    open = max(open, 0.);
    return open * open * (3. - 2. * open);
}

float occlusion(vec3 p, vec3 n) {
    float dark = 0., weight = 1.;
    margin = .6;
    for (int i = zero; i < 5; i++) {
        float h = .02 + .11 * float(i);
        dark += (h - map(p + n * h)) * weight;
        weight *= .72;
    }
    margin = .08;
    return clamp(1. - 1.1 * dark, 0., 1.);
}

vec3 nearest(Light l, vec3 p) {
    vec3 ab = l.b - l.a;
    float along = dot(p - l.a, ab) / max(dot(ab, ab), 1e-6);
    return l.a + ab * clamp(along, 0., 1.);
}

vec3 shade(vec3 p, vec3 n, vec3 d, Surface s) {
    vec3 c = s.glow;
    if (dot(s.albedo, vec3(1)) > .003) {
        float rim = s.sheen * pow(1. - max(dot(n, -d), 0.), 2.5);
        c += s.albedo * ambient(p, n) * occlusion(p, n) * (1. + 1.5 * rim);
        casting = true;
        margin = .5;
        for (int i = zero; i < LIGHTS.length(); i++) {
            Light l = LIGHTS[i];
            vec3 r = nearest(l, p) - p;
            float far = length(r);
            r /= far;
            float facing = dot(n, r);
            vec3 power = l.colour / (far * (far + .5 * length(l.b - l.a)) + .03);
            if (facing <= 0. || dot(power, vec3(1)) * facing < .02) continue;
            vec3 shine = vec3(pow(max(dot(n, normalize(r - d)), 0.), mix(90., 14., s.rough)));
            power *= shadow(p + n * .012, r, shadows && l.spread < FILL ? far : 0., l.spread);
            c += power * (s.albedo * (facing + rim) + s.gloss * .25 * shine);
        }
        casting = false;
        margin = .08;
    }
    return c;
}

// Light scattered by the air between the eye and the wall, for every bulb in closed form.
vec3 haze(vec3 o, vec3 d, float t) {
    vec3 sum = vec3(0);
    for (int i = zero; i < LIGHTS.length(); i++) {
        vec3 q = o - .5 * (LIGHTS[i].a + LIGHTS[i].b);
        float b = dot(d, q), s = inversesqrt(max(dot(q, q) - b * b, .0) + .02);
        sum += LIGHTS[i].colour * s * (atan((t + b) * s) - atan(b * s));
    }
    return sum;
}

vec3 trace(vec3 o, vec3 d) {
    vec3 sum = vec3(0), through = vec3(1);
    shadows = true;
    for (int i = zero; i < 2; i++) {
        float t = march(o, d, FAR);
        int m = M;
        if (t > FAR) {
            sum += through * veil(sky(d), o, d, FAR);
            break;
        }
        vec3 p = o + d * t, n = normal(p, t);
        Surface s = surface(m, p, n);
        vec3 c = veil(shade(p, n, d, s), o, d, t);
        sum += through * (i == 0 ? c : min(c, 4.));
        if (s.gloss <= 0. || i == 1) break;
        float wave = noise(p * vec3(7, 7, 2)) - .5;
        vec3 facet = normalize(n + vec3(wave, 0, -wave) * s.rough * .25);
        shadows = s.mirror > .3;
        float graze = pow(1. - max(dot(n, -d), 0.), 5.);
        through *= s.gloss * mix(s.mirror, 1., graze);
        if (through.x < .035) break;
        o = p + n * .012;
        d = reflect(d, facet);
    }
    return sum;
}

vec3 look(vec2 pixel) {
    vec2 u = (2. * pixel - size) / size.y;
    vec3 ahead = normalize((AIM - EYE) * vec3(1, 0, 1));
    vec3 right = vec3(ahead.z, 0, -ahead.x);
    // a shifted lens: walls stay upright
    float rise = (AIM.y - EYE.y) / length((AIM - EYE).xz) * LENS;
    vec3 c = trace(EYE, normalize(right * u.x + vec3(0, u.y + rise, 0) + ahead * LENS));
    return any(isnan(c)) || any(isinf(c)) ? vec3(0) : min(c, 40.);
}

float tone(vec3 c) { float l = dot(c, vec3(.3, .5, .2)); return l / (1. + l); }

bool edge(ivec2 at) {
    float low = tone(texelFetch(draft, at, 0).rgb), high = low;
    for (int i = zero; i < 4; i++) {
        ivec2 by = ivec2((i & 1) * 2 - 1, (i >> 1) * 2 - 1);
        float v = tone(texelFetch(draft, clamp(at + by, ivec2(0), ivec2(size) - 1), 0).rgb);
        low = min(low, v);
        high = max(high, v);
    }
    return high - low > .012 + .06 * low;
}

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    if (refining == 0) {
        paint = vec4(look(gl_FragCoord.xy), 1);
        return;
    }
    paint = texelFetch(draft, at, 0);
    int rays = edge(at) ? 5 : 0;
    vec4 sum = vec4(0);
    for (int i = zero; i < rays; i++) {
        vec2 by = vec2(fract(float(i) * .7549 + .1), (float(i) + .5) / 5.) - .5;
        vec3 c = look(gl_FragCoord.xy + by);
        sum += vec4(c, 1) / (1. + dot(c, vec3(.33)));    // tames sparks
    }
    if (rays > 0) paint = vec4(sum.rgb / sum.w, 1);
}
