/** What each path of the gateway does. */
package io.sidestream.gateway.api;
