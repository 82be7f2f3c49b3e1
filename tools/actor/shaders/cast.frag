#version 330
// How much light reaches the room behind the person: soft over two pixels of the shadow map.
uniform sampler2DShadow shadow;
uniform float texel;
in vec4 in_light;
out vec4 colour;

void main() {
    vec3 p = in_light.xyz / in_light.w * 0.5 + 0.5;
    float lit = 0.0;
    for (int i = -1; i <= 1; i += 2)
        for (int j = -1; j <= 1; j += 2)
            lit += 0.25 * texture(shadow, vec3(p.xy + vec2(i, j) * 1.2 * texel, p.z - 0.0015));
    if (any(lessThan(p.xy, vec2(0.0))) || any(greaterThan(p.xy, vec2(1.0)))) lit = 1.0;
    colour = vec4(lit);
}
