/** The tour: the whole system at work, told to someone who has never seen it. */
package io.sidestream.cli.demo;
