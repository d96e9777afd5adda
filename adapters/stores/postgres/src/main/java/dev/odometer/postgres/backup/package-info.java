/**
 * Backups of the database and their restoration. The rows are those of PostgreSQL's {@code COPY} in text format, which
 * does not depend on the version, the platform and the encoding of a server. All tables are read in one snapshot. A
 * restore writes into a schema of its own and moves the tables to their place in its last transaction. The tables and
 * their columns are those of the catalog, so that a new migration needs no change here.
 */
@NullMarked
package dev.odometer.postgres.backup;

import org.jspecify.annotations.NullMarked;
