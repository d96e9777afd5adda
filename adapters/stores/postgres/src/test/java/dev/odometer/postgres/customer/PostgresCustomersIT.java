package dev.odometer.postgres.customer;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.CustomersContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresCustomersIT extends CustomersContract {

    @Override
    protected Customers empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).customers();
    }
}
