/** How well a system ranks the wanted items of cases, and whether a difference is one. */
package io.sidestream.experiments.evaluation;
