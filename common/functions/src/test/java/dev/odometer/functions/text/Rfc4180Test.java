package dev.odometer.functions.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc4180Test {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1+1", "-", "@SUM(A1)", "--1", "-1e", "=cmd|' /C calc'!A0"})
    void neutralizesFormulas(String cell) {
        assertThat(Rfc4180.lineWithoutFormulas(List.of(cell))).isEqualTo("'" + cell + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1"})
    void neutralizesBlanksBeforeAFormula(String cell) {
        assertThat(Rfc4180.lineWithoutFormulas(List.of(cell))).contains("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "-0.50", "-1e10", "-2E-7", "0", "a=b", "acme", "2026-01-01T00:00:00Z", "'=1"})
    void leavesNumbersAndOtherTexts(String cell) {
        assertThat(Rfc4180.lineWithoutFormulas(List.of(cell))).isEqualTo(cell + "\n");
    }

    @Test
    void quotesAfterNeutralizing() {
        assertThat(Rfc4180.lineWithoutFormulas(List.of("=A1,\"x\"", "b"))).isEqualTo("\"'=A1,\"\"x\"\"\",b\n");
    }

    @Property
    void changesOnlyCellsThatASpreadsheetWouldRun(@ForAll String cell) {
        String safe = Rfc4180.lineWithoutFormulas(List.of(cell));

        assertThat(safe).isIn(Rfc4180.line(List.of(cell)), Rfc4180.line(List.of("'" + cell)));
        assertThat(safe.replaceFirst("^\"", "")).doesNotMatch("(?s)[=+@\\t\\r].*");
    }
}
