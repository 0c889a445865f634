/** The paper's comparisons by name, on any folder in MovieLens layout. */
package io.sidestream.experiments;
