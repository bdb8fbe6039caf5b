// Everything too far away to model, as a function of direction.

vec2 dome(vec3 d) { return vec2(atan(d.x, d.z), d.y / length(d.xz)); }

vec3 stars(vec3 d, float density) {
    vec2 q = dome(d) * vec2(90, 90), id = floor(q), f = fract(q) - .5;
    float luck = hash(id);
    vec2 at = vec2(hash(id + 3.1), hash(id + 8.7)) - .5;
    float star = exp(-90. * dot(f - at * .7, f - at * .7)) * step(1. - density, luck);
    return star * mix(vec3(1, .8, .75), vec3(.75, .85, 1), hash(id + 5.))
        * (.4 + 3. * hash(id + 1.7));
}

// The moon before sky `c`, full but for a breath of shadow; `r` is its angular radius.
vec3 moon(vec3 c, vec3 d, vec3 at, float r, vec3 colour) {
    vec3 right = normalize(cross(vec3(0, 1, 0), at)), up = cross(at, right);
    vec2 q = vec2(dot(d, right), dot(d, up)) / r;
    float l = length(q);
    if (dot(d, at) < 0.) return c;
    float limb = sqrt(max(1. - l * l, 0.));
    vec3 face = colour * (1.15 - seas(q * 1.7)) * (.55 + .45 * limb);
    c += colour * (.05 / (.25 + l * l) + .012 / (.03 + l));
    return mix(c, face, smoothstep(1., .985, l));
}

// Towers with lit windows, in four ranks: nearer ones darker. Returns alpha in w.
vec4 towers(vec2 q, float foot, float tall, vec3 mist, vec3 dark) {
    vec4 c = vec4(0);
    for (int i = zero; i < 4; i++) {
        float f = float(i), wide = 16. - 2.4 * f, x = q.x * wide + f * 7.3 + 100., id = floor(x);
        float luck = hash(id * 1.7 + f * 31.), u = fract(x);
        float top = foot + tall * (1. - .2 * f) * (.25 + .75 * luck * luck);
        float inset = .06 * hash(id + 2.2), step_back = step(.55, luck) * .16;
        float edge = step(inset + step_back * step(top * .86, q.y), u)
            * step(u, 1. - inset - step_back * step(top * .86, q.y));
        if (q.y > top || edge < .5) continue;
        float near = f / 3.;
        vec3 wall = mix(mist, dark, .35 + .6 * near) * (1. + .25 * (u - .5));
        float rows = 95. - 12. * f, columns = floor(5. + 4. * hash(id + 9.));
        vec2 cell = vec2(floor(u * columns), floor(q.y * rows)),
            in_cell = fract(vec2(u * columns, q.y * rows));
        float on = step(.66, hash(cell + id * 13.7 + f * 3.));
        float pane = step(.2, in_cell.x) * step(in_cell.x, .8) * step(.3, in_cell.y)
            * step(in_cell.y, .8);
        vec3 warm = mix(vec3(1.5, .75, .30), vec3(.9, .45, 1.1), step(.86, hash(cell + id)));
        wall += on * pane * warm * (.25 + .8 * hash(cell * 1.3 + id)) * (.4 + .6 * near);
        c = vec4(wall, 1);
    }
    return c;
}

// Overlapping ridges, the farther the paler. Returns alpha in w.
vec4 ridges(vec2 q, float foot, float tall, vec3 far_colour, vec3 near_colour) {
    vec4 c = vec4(0);
    for (int i = zero; i < 4; i++) {
        float f = float(i), x = q.x * (1.5 + .8 * f) + 3.1 * f;
        float hump = pow(.5 + .5 * sin(x * 1.9 + 1.2 * sin(x * .8)), 1.6);
        float top = foot + tall * (1. - .23 * f) * (.15 + .85 * hump) + .012 * fbm(vec2(x * 9., f));
        if (q.y < top) c = vec4(mix(far_colour, near_colour, f / 3.) * (.85 + .3 * q.y / top), 1);
    }
    return c;
}

// Streaks of high cloud, 0 to 1.
float clouds(vec2 q, float scale) {
    float billow = fbm(q * vec2(.55, 2.6) * scale + fbm(q * scale) * .9);
    return smoothstep(.42, .78, billow);
}

// The setting sun before sky `c`: golden above, coral below, its glow reaching far.
vec3 sun(vec3 c, vec3 d, vec3 at, float r, vec3 glow) {
    float a = length(d - at) / r, high = clamp((d.y - at.y) / r * .5 + .5, 0., 1.);
    vec3 face = mix(vec3(1.3, .16, .10), vec3(1.4, .78, .20), smoothstep(.1, .95, high));
    c += glow * (.22 / (.6 + a * a * .35) + .10 * exp(-a * .22));
    return mix(c, face, smoothstep(1., .98, a));
}
