/** The demo: the whole system, step by step, with measurements. */
package io.sidestream.cli.demo;
