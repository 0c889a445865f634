/** Client of a running system, through its topics. */
package io.sidestream.client;
