/**
 * The ports of {@code common} in PostgreSQL, as one store and as Spring beans. A port is created on demand, so that a
 * start pays only for the ports it needs. The migrations own the schema; nothing else creates or changes a table. All
 * other packages of the module are internal: an application uses {@link dev.odometer.postgres.PostgresStore} and {@link
 * dev.odometer.postgres.Migrations}.
 */
@NullMarked
package dev.odometer.postgres;

import org.jspecify.annotations.NullMarked;
