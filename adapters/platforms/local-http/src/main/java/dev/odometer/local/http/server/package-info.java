/**
 * Tomcat around the door, with health and metrics endpoints. The total size of request bodies in memory is bounded. A
 * service that is reachable from the network refuses to start without API keys.
 */
@NullMarked
package dev.odometer.local.http.server;

import org.jspecify.annotations.NullMarked;
