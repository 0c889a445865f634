/**
 * The bundled sample: a made-up catalogue of films, and people with tastes who watch and look for
 * them.
 */
package io.sidestream.datasets.sample;
