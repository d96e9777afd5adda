/**
 * The PostgreSQL that the service starts for itself when no database is configured. It listens on loopback only, commits
 * durably ({@code fsync} and {@code synchronous_commit} are on), and its data folder survives restarts. One process uses a
 * data folder at a time.
 */
@NullMarked
package dev.odometer.local.http.database;

import org.jspecify.annotations.NullMarked;
