package dev.odometer.metering.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final List<String> ALL = List.of("a", "b", "c");

    @Test
    void cutsAPageFromACompleteList() {
        assertThat(new PageRequest(2, 2).slice(ALL)).isEqualTo(new Page<>(3, 2, 2, List.of("c")));
        assertThat(new PageRequest(3, 2).slice(ALL)).isEqualTo(new Page<>(3, 3, 2, List.of()));
        assertThat(new PageRequest(Integer.MAX_VALUE, 1000).slice(ALL).items()).isEmpty();
    }

    @Test
    void defaultsToTheFirst100Items() {
        assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(1, 100));
        assertThat(PageRequest.of(2, 3).offset()).isEqualTo(3);
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> new PageRequest(0, 1))
                .isInstanceOf(Refusal.class)
                .hasMessage("page must be 1 to 2147483647: 0");
        assertThatThrownBy(() -> new PageRequest(1, 1001)).hasMessage("pageSize must be 1 to 1000: 1001");
    }

    @Test
    void mapsItemsAndKeepsPageAndCount() {
        var page = new Page<>(9, 2, 2, ALL.subList(0, 2));

        assertThat(page.map(String::length)).isEqualTo(new Page<>(9, 2, 2, List.of(1, 1)));
        assertThat(page.mapAll(items -> List.of(String.join("", items)))).isEqualTo(new Page<>(9, 2, 2, List.of("ab")));
    }
}
