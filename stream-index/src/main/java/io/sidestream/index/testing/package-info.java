/** Tests of the open generations with the events and requests that come. */
package io.sidestream.index.testing;
