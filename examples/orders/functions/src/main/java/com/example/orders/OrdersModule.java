package com.example.orders;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The functions and the tables that map requests, messages, files and times to them. Its name is in
 * {@code META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports}, where every platform finds it.
 */
@AutoConfiguration
public class OrdersModule {

    @Bean
    Routes orderRoutes() {
        return new Routes(List.of(
                Route.post("/orders", "placeOrder").body(Body.FIELDS).answers(201),
                Route.get("/orders", "listOrders").query("customer", "limit"),
                Route.get("/orders/{id}", "getOrder")));
    }

    @Bean
    Bindings orderBindings() {
        return new Bindings(
                List.of(Binding.events("payments", "recordPayment"), Binding.files("price-lists", "importPrices")));
    }

    @Bean
    Schedules orderSchedules() {
        return new Schedules(List.of(new Schedule("cancelUnpaid", "0 * * * *", ZoneOffset.UTC, "cancelUnpaid")));
    }

    @Bean
    PlaceOrder placeOrder(Orders orders, Prices prices, Clock clock) {
        return new PlaceOrder(orders, prices, clock);
    }

    @Bean
    ListOrders listOrders(Orders orders) {
        return new ListOrders(orders);
    }

    @Bean
    GetOrder getOrder(Orders orders) {
        return new GetOrder(orders);
    }

    @Bean
    RecordPayment recordPayment(Orders orders) {
        return new RecordPayment(orders);
    }

    @Bean
    CancelUnpaid cancelUnpaid(Orders orders, Environment environment) {
        var settings = new Settings(environment::getProperty);
        Duration timeToPay =
                settings.duration("orders.time-to-pay", Duration.ofDays(1), Duration.ZERO, Duration.ofDays(365));
        return new CancelUnpaid(orders, timeToPay);
    }

    @Bean
    ImportPrices importPrices(FileStore files, Prices prices) {
        return new ImportPrices(files, prices);
    }

    /** Without this bean, poison messages are redelivered. The Kafka worker publishes them to topics instead. */
    @Bean
    DeadLetters deadLetters(FileStore files, Environment environment) {
        return new DeadLetterFiles(files, environment.getProperty("orders.dead-letters", "dead-letters"));
    }

    @Bean
    Orders orders() {
        return new OrdersInMemory();
    }

    @Bean
    Prices prices() {
        return new Prices();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
