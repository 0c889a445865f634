/** What the gateway keeps of the topics: titles, users, generations. */
package io.sidestream.gateway.follow;
