/** HTTP and JSON over the client library, and the page of a running system. */
package io.sidestream.gateway;
