// Distances, after the well-known closed forms; those marked ~ are bounds, not exact.

mat2 turn(float a) { float c = cos(a), s = sin(a); return mat2(c, -s, s, c); }

float smin(float a, float b, float k) {
    float h = max(k - abs(a - b), 0.) / k;
    return min(a, b) - h * h * k * .25;
}

float box(vec2 p, vec2 b) {
    vec2 q = abs(p) - b;
    return length(max(q, 0.)) + min(max(q.x, q.y), 0.);
}

float box(vec3 p, vec3 b) {
    vec3 q = abs(p) - b;
    return length(max(q, 0.)) + min(max(q.x, max(q.y, q.z)), 0.);
}

float box(vec3 p, vec3 b, float r) { return box(p, b - r) - r; }

float disc(vec3 p, float radius, float half_height, float r) {
    return box(vec2(length(p.xz), p.y), vec2(radius, half_height) - r) - r;
}

float tube(vec3 p, float radius, float half_height, float wall) {
    return box(vec2(length(p.xz) - radius, p.y), vec2(wall, half_height) - .01) - .01;
}

float rod(vec3 p, vec3 a, vec3 b, float r) {
    vec3 pa = p - a, ba = b - a;
    return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0., 1.)) - r;
}

float line(vec2 p, vec2 a, vec2 b) {
    vec2 pa = p - a, ba = b - a;
    return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0., 1.));
}

float ring(vec3 p, float radius, float r) {
    return length(vec2(length(p.xz) - radius, p.y)) - r;
}

// ~ A stuffed cushion: square in plan, lens in section. half sizes s, thickness along y.
float cushion(vec3 p, vec3 s) {
    vec3 q = abs(p) / s;
    float plan = q.x * q.x * q.x * q.x + q.z * q.z * q.z * q.z;
    return (sqrt(sqrt(plan) + q.y * q.y + .002) - 1.) * s.y * .75;
}

// ~ A truncated cone, for lampshades: bottom radius a, top radius b.
float cone(vec3 p, float a, float b, float half_height) {
    float r = mix(a, b, clamp(p.y / half_height * .5 + .5, 0., 1.));
    return box(vec2(length(p.xz) - r * .5, p.y), vec2(r * .5, half_height)) * .9;
}

// An arch in the plane: half width w, springing at height h above the ground.
float arch(vec2 p, float w, float h) {
    return p.y > h ? length(p - vec2(0, h)) - w : max(abs(p.x) - w, -p.y);
}

// Its outline, open at the ground.
float arch_line(vec2 p, float w, float h) {
    return abs(p.y > h ? length(p - vec2(0, h)) - w : abs(p.x) - w);
}

// The crescent of the brand: its area is negative.
float crescent(vec2 p, float r) {
    return max(length(p) - r, r * .86 - length(p - vec2(.42, .16) * r));
}
