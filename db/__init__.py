"""How the register is kept: an encrypted SQLCipher file through peewee. Knows rows, not rules."""
