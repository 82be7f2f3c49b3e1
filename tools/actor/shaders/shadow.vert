#version 330
// What stands in the light, as the light sees it.
uniform mat4 sun;
in vec3 place;

void main() { gl_Position = sun * vec4(place, 1.0); }
