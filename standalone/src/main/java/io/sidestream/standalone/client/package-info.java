/** Asking a running system from outside, through its topics. */
package io.sidestream.standalone.client;
