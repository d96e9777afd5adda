package dev.odometer.door.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Writes decimals in plain notation, except those that would exceed the maximum length when read again. */
final class DecimalWriter extends StdScalarSerializer<BigDecimal> {

    private static final int SIGN_ZERO_AND_POINT = 3;

    DecimalWriter() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator generator, SerializationContext context) {
        long length = value.precision() + Math.abs((long) value.scale()) + SIGN_ZERO_AND_POINT;
        boolean plain = length <= Json.MAX_NUMBER_LENGTH;
        generator.writeNumber(plain ? value.toPlainString() : value.toString());
    }
}
