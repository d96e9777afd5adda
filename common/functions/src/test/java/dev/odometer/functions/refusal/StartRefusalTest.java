package dev.odometer.functions.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StartRefusalTest {

    private static String printed(StartRefusal refusal) {
        var text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void isPrintedWithItsActionAndWithoutAStackTrace() {
        assertThat(printed(new StartRefusal("odometer.x must be 1 or more: 0")))
                .isEqualToIgnoringNewLines(
                        StartRefusal.class.getName() + ": odometer.x must be 1 or more: 0. Correct the setting.");
        assertThat(printed(new StartRefusal("There is no database.", "Set ODOMETER_DATABASE_URL.")))
                .endsWith("There is no database. Set ODOMETER_DATABASE_URL." + System.lineSeparator());
    }
}
