/** How good a generation is on events it never saw, and whether that is good enough to serve. */
package io.sidestream.learning.evaluation;
