/** Settings from file, environment, system properties and command line, checked all at once. */
package io.sidestream.schemas.settings;
