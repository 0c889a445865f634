/** The bundled sample: a generated catalogue of films, and users who watch and search. */
package io.sidestream.datasets.sample;
