package dev.odometer.postgres.archive;

/**
 * A frame of an archived file.
 *
 * @param start the offset of its first byte in the file
 * @param digest the first 16 bytes of the SHA-256 of its bytes
 * @param first the key of its first event
 * @param last the key of its last event
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Block(long start, int length, byte[] digest, EventKey first, EventKey last) {}
