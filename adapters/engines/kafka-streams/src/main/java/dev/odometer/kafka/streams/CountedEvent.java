package dev.odometer.kafka.streams;

import dev.odometer.postgres.rollup.Moment;
import java.util.List;

/**
 * An event after the meters have read it.
 *
 * @param at its time, and its order of arrival
 * @param contributions what it adds to each meter that counts it; none if no meter does
 */
record CountedEvent(Moment at, List<Contribution> contributions) {

    private static final int VERSION = 1;

    byte[] bytes() {
        var bytes = new Binary.Writer();
        bytes.tiny(VERSION).large(at.micros()).large(at.position()).number(contributions.size());
        contributions.forEach(contribution -> contribution.write(bytes));
        return bytes.bytes();
    }

    static CountedEvent of(byte[] bytes) {
        var reader = new Binary.Reader(bytes).version(VERSION);
        var at = new Moment(reader.large(), reader.large());
        return new CountedEvent(at, Contribution.read(reader));
    }
}
