package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/billing-rules.md} are what the rules compute. */
class BillingRulesTest {

    private static final String NOTATION = "Notation";
    private static final Map<String, RulesTable> TABLES = tables();

    private static Map<String, RulesTable> tables() {
        var tables = new LinkedHashMap<String, RulesTable>();
        tables.put("Rounding", RulesTable.ROUNDING);
        tables.put("Flat fees", RulesTable.TOTALS);
        tables.put("Unit prices", RulesTable.TOTALS);
        tables.put("Dynamic prices", RulesTable.TOTALS);
        tables.put("Package prices", RulesTable.TOTALS);
        tables.put("Graduated prices", RulesTable.TOTALS);
        tables.put("Volume prices", RulesTable.TOTALS);
        tables.put("Currencies and extreme values", RulesTable.TOTALS);
        tables.put("Usage discounts", RulesTable.FREE_UNITS);
        tables.put("Percentage discounts", RulesTable.PERCENTAGES);
        tables.put("Minimum and maximum spend", RulesTable.TOTALS);
        tables.put("Charges of a line", RulesTable.CHARGES);
        tables.put("Splits", RulesTable.SPLITS);
        tables.put("Corrections", RulesTable.SPLITS);
        tables.put("Proration", RulesTable.PRORATION);
        tables.put("Periods", RulesTable.PERIODS);
        tables.put("Allocation", RulesTable.ALLOCATION);
        tables.put("Rules of other systems", RulesTable.OTHER_RULES);
        return tables;
    }

    private static List<Arguments> rows(String page) {
        return RulesPage.parse(page).tables().stream()
                .filter(table -> TABLES.containsKey(table.heading()))
                .flatMap(table -> table.rows().stream()
                        .map(row ->
                                Arguments.of(table.heading() + ", " + row.get("#"), TABLES.get(table.heading()), row)))
                .toList();
    }

    static List<Arguments> rows() {
        return rows(RulesPage.text());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isWhatThePageSays(String name, RulesTable table, Map<String, String> row) {
        assertThat(table.computed(row)).as(name).isEqualTo(table.expected(row));
    }

    @Test
    void findsEveryTableWithItsRows() {
        assertThat(findings(RulesPage.text())).isEmpty();
        assertThat(rows()).hasSizeGreaterThan(120);
    }

    /** What is missing or not read. Rows have consecutive numbers, so that a lost one is found. */
    private static List<String> findings(String text) {
        RulesPage page = RulesPage.parse(text);
        var findings = new ArrayList<String>();
        TABLES.forEach((heading, kind) -> {
            List<Map<String, String>> rows =
                    page.table(heading).map(RulesPage.Table::rows).orElse(List.of());
            if (rows.isEmpty()) {
                findings.add("no rows: " + heading);
            } else if (!List.copyOf(rows.get(0).keySet()).equals(kind.columns())) {
                findings.add("other columns: " + heading + " " + rows.get(0).keySet());
            }
            for (int i = 0; i < rows.size(); i++) {
                String number = rows.get(0).getOrDefault("#", "").replaceFirst("1$", "") + (i + 1);
                if (!number.equals(rows.get(i).get("#"))) {
                    findings.add("no row " + number);
                    break;
                }
            }
        });
        page.tables().stream()
                .map(RulesPage.Table::heading)
                .filter(heading -> !heading.equals(NOTATION) && !TABLES.containsKey(heading))
                .forEach(heading -> findings.add("a table that no test reads: " + heading));
        if (page.tables().size() > TABLES.size() + 1) {
            findings.add("a table that no test reads: two below one heading");
        }
        return findings;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("\\| U\\d+ .*\n", "", "no rows: Unit prices"),
                Arguments.of("\\| U2 .*\n", "", "no row U2"),
                Arguments.of("### Unit prices", "", "no rows: Unit prices"),
                Arguments.of("\\| zone \\|", "| place |", "other columns: Periods"),
                Arguments.of("## Allocation", "## Allocation\n\n| a |\n|---|\n| b |\n", "a table that no test reads"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void reportsWhatIsMissing(String text, String replacement, String finding) {
        String damaged = RulesPage.text().replaceAll(text, replacement);

        assertThat(findings(damaged)).anyMatch(found -> found.startsWith(finding));
    }

    @Test
    void readsEveryPriceOfTheNotation() {
        List<Map<String, String>> rows =
                RulesPage.parse(RulesPage.text()).table(NOTATION).orElseThrow().rows();

        assertThat(rows)
                .hasSize(6)
                .extracting(row -> PriceNotation.pricing(row.getOrDefault("price", ""), "-")
                        .price()
                        .getClass())
                .doesNotHaveDuplicates();
    }

    @Test
    void findsAWrongNumber() {
        String wrong = RulesPage.text().replace("100.00 + 50.00 + 25.00 + 7.00", "100.00 + 50.00 + 25.00 + 7.01");

        assertThat(rows(wrong)).anyMatch(row -> {
            var table = (RulesTable) row.get()[1];
            @SuppressWarnings("unchecked")
            var cells = (Map<String, String>) row.get()[2];
            return !table.computed(cells).equals(table.expected(cells));
        });
    }
}
