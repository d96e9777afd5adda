package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.orders.RecordPayment.Data;
import com.example.orders.RecordPayment.Payment;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The functions are plain classes, so their tests need no platform. */
class OrdersTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final Orders orders = new OrdersInMemory();
    private final PlaceOrder placeOrder = new PlaceOrder(orders, new Prices(), Clock.fixed(NOON, ZoneOffset.UTC));
    private final CancelUnpaid cancelUnpaid = new CancelUnpaid(orders, Duration.ofDays(1));

    @Test
    void refusesAnUnknownSku() {
        assertThatThrownBy(() -> placeOrder.apply(new PlaceOrder.Input("acme", "coffee", 2)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("unknown sku: coffee");
    }

    @Test
    void recordsAPaymentThatIsDeliveredTwice() {
        String id = placeOrder.apply(new PlaceOrder.Input("acme", "tea", 2)).id();
        var payment = new Payment(new Data(id, new BigDecimal("9.00")));

        new RecordPayment(orders).accept(payment);
        new RecordPayment(orders).accept(payment);

        assertThat(orders.find(id))
                .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(Order.Status.PAID));
    }

    @Test
    void cancelsAnOrderThatIsNotPaidInTime() {
        String id = placeOrder.apply(new PlaceOrder.Input("acme", "tea", 2)).id();

        cancelUnpaid.accept(new Tick("cancelUnpaid", NOON.plus(Duration.ofHours(25))));

        assertThat(orders.find(id))
                .hasValueSatisfying(order -> assertThat(order.status()).isEqualTo(Order.Status.CANCELED));
    }
}
