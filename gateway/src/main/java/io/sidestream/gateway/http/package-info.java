/** The HTTP server: the one place that knows Jetty. */
package io.sidestream.gateway.http;
