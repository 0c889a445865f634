/** The experiments by name: the published method and its alternatives on one data set. */
package io.sidestream.experiments;
