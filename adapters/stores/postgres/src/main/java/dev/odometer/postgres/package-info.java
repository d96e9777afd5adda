/**
 * The ports of {@code common} in PostgreSQL, as one store and as Spring beans. A port is created when it is asked for,
 * so that a start pays for the ports it needs. The migrations own the schema; nothing else creates or changes a table.
 * All other packages of the module are internal: an application names {@link dev.odometer.postgres.PostgresStore} and
 * {@link dev.odometer.postgres.Migrations}.
 */
@NullMarked
package dev.odometer.postgres;

import org.jspecify.annotations.NullMarked;
