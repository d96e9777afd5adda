/**
 * The service on one machine: Tomcat with the door, and an embedded PostgreSQL unless a database is configured. It
 * deals with HTTP, processes and folders, and does not depend on what the functions do. It refuses to start if it would
 * be reachable from the network without API keys, or if another process uses its data folder. It shuts down gracefully:
 * requests in flight first, the database last.
 */
@NullMarked
package dev.odometer.local.http;

import org.jspecify.annotations.NullMarked;
