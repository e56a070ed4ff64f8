-- Records of voluntary changes stored before the product looked for them.
UPDATE audit_record SET mark = 'password_change'
WHERE mark IS NULL AND lower(trim(activity)) LIKE 'change password (self-service)%';
