package dev.odometer.postgres.archive;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A frame of an archived file.
 *
 * @param start the offset of its first byte in the file
 * @param digest the first 16 bytes of the SHA-256 of its bytes
 * @param first the key of its first event
 * @param last the key of its last event
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Block(long start, int length, byte[] digest, EventKey first, EventKey last) {

    static Block of(ResultSet row) throws SQLException {
        return new Block(
                row.getLong("start"),
                row.getInt("length"),
                row.getBytes("digest"),
                new EventKey(row.getLong("first_at"), row.getLong("first_position")),
                new EventKey(row.getLong("last_at"), row.getLong("last_position")));
    }
}
