package dev.odometer.door.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Writes decimals in plain digits, except those that somebody sent with an exponent too big to write out. */
final class DecimalWriter extends StdScalarSerializer<BigDecimal> {

    private static final int LONGEST_SCALE = 1000;

    DecimalWriter() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator generator, SerializationContext context) {
        boolean plain = Math.abs((long) value.scale()) <= LONGEST_SCALE;
        generator.writeNumber(plain ? value.toPlainString() : value.toString());
    }
}
